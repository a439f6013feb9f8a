import { readScript } from "../run-script.ts";

/**
 * What happened in some queues since an id, without the return values and progress that entries carry.
 * ARGV: count, then for each queue its base and the last id seen (`$`: only tell where the stream ends now).
 * Replies for each queue {first id in the stream, last id in the stream, entries of {id, event, jobId, prev}}; of one in
 * which nothing happened {false, false, {}}; then what time it is for Redis, epoch ms. One command asks all of them whether anything did: most queues of many are idle.
 */
export const READ_EVENTS = readScript(`
local count, streams, keys, ids, news = tonumber(ARGV[1]), {}, {}, {}, {}
for i = 2, #ARGV, 2 do
  if ARGV[i + 1] ~= '$' then keys[#keys + 1], ids[#ids + 1] = ARGV[i] .. 'events', ARGV[i + 1] end
end
if #keys > 0 then
  local ask = {'XREAD', 'COUNT', 1, 'STREAMS'}
  for _, part in ipairs({keys, ids}) do
    for _, text in ipairs(part) do ask[#ask + 1] = text end
  end
  local reply = redis.pcall(unpack(ask))
  if reply and reply.err then
    -- One of them is no stream: each is looked at by itself.
    for _, key in ipairs(keys) do news[key] = true end
  elseif reply then
    for _, pair in ipairs(reply) do news[pair[1]] = true end
  end
end
for i = 2, #ARGV, 2 do
  local key, after = ARGV[i] .. 'events', ARGV[i + 1]
  local entries, first, last = {}, false, false
  if (after == '$' or news[key]) and redis.call('TYPE', key).ok == 'stream' then
    local newest = redis.call('XREVRANGE', key, '+', '-', 'COUNT', 1)[1]
    last = newest and newest[1] or false
    if last and after ~= '$' and last ~= after then
      first = redis.call('XRANGE', key, '-', '+', 'COUNT', 1)[1][1]
      for n, entry in ipairs(redis.call('XRANGE', key, '(' .. after, '+', 'COUNT', count)) do
        local fields, event = entry[2], {entry[1], false, false, false}
        for f = 1, #fields, 2 do
          if fields[f] == 'event' then event[2] = fields[f + 1]
          elseif fields[f] == 'jobId' then event[3] = fields[f + 1]
          elseif fields[f] == 'prev' then event[4] = fields[f + 1] end
        end
        entries[n] = event
      end
    end
  end
  streams[#streams + 1] = {first, last, entries}
end
local time = redis.call('TIME')
streams[#streams + 1] = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
return streams
`);
