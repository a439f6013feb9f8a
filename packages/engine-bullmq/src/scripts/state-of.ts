/**
 * Lua: where a job is, in the port's words, and what a write may expect of it.
 *
 * Sorted sets answer at once. Of the lists, `active` is short; `wait` may hold a million, so both ends are looked
 * at before the whole.
 */
export const STATE_OF = `
local function inList(key, id)
  if redis.call('LPOS', key, id, 'MAXLEN', 1000) then return true end
  if redis.call('LPOS', key, id, 'RANK', -1, 'MAXLEN', 1000) then return true end
  return redis.call('LLEN', key) > 2000 and redis.call('LPOS', key, id) ~= false
end
local SETS = {
  {'failed', 'failed'}, {'completed', 'completed'}, {'delayed', 'delayed'},
  {'prioritized', 'waiting'}, {'waiting-children', 'blocked'}
}
local function inSets(base, id)
  for _, pair in ipairs(SETS) do
    local score = redis.call('ZSCORE', base .. pair[1], id)
    if score then return pair[2], score, pair[1] end
  end
  return false
end
local function stateOf(base, id)
  local state, score = inSets(base, id)
  if state then return state, score end
  if inList(base .. 'active', id) then return 'active', false end
  if inList(base .. 'wait', id) or inList(base .. 'paused', id) then return 'waiting', false end
  return false, false
end
local function isHash(key)
  return redis.call('TYPE', key).ok == 'hash'
end
local function versionOf(state, key)
  local f = redis.pcall('HMGET', key, 'ats', 'atm', 'finishedOn', 'delay')
  if f.err or not (f[1] or f[2] or f[3] or f[4]) and not isHash(key) then return state .. ':unreadable' end
  return state .. ':' .. (f[1] or '0') .. ':' .. (f[2] or '0') .. ':' .. (f[3] or '') .. ':' .. (f[4] or '0')
end
`;
