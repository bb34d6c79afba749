-- Nobody searched it, and it refused values of contacts of more than 2,700 bytes.
DROP INDEX contact_attribute_value;
