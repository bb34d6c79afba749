-- Who has had an item: whom its news concern.
CREATE INDEX party_item ON party (item, person);
