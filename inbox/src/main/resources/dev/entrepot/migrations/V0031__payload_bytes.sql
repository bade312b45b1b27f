-- How long headers and body of an event are when they are unpacked; see
-- dev.entrepot.inbox.log.Payload. Reads the first bytes alone.
create function inbox_payload_bytes(payload bytea) returns int
language sql immutable strict parallel safe as $$
  select case get_byte(substring(payload from 1 for 1), 0)
    when 1 then ('x' || encode(substring(payload from 2 for 4), 'hex'))::bit(32)::int
    when 2 then 0
    else octet_length(payload) - 1
  end
$$;
