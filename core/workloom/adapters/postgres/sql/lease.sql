-- name: take
-- Taken where it is free or has ended, kept where it is ours; the clock is that of the database. The epoch rises with
-- each change of the holder. One that ends far ahead is from before the clock was set back.
INSERT INTO lease (name, holder, epoch, until)
VALUES (:name, :holder, 1, clock_timestamp() + make_interval(secs => :seconds))
ON CONFLICT (name) DO UPDATE SET
    holder = excluded.holder,
    epoch = lease.epoch + CASE WHEN lease.holder = excluded.holder THEN 0 ELSE 1 END,
    until = excluded.until
WHERE lease.holder = excluded.holder OR lease.until <= clock_timestamp()
    OR lease.until > clock_timestamp() + make_interval(secs => :seconds * 10)
RETURNING epoch;

-- name: confirm
SELECT 1 FROM lease WHERE name = :name AND holder = :holder AND epoch = :epoch AND until > clock_timestamp();

-- name: release
UPDATE lease SET until = '-infinity' WHERE name = :name AND holder = :holder;
