/** Lua: does what Redis answered mean that it takes no writes now, or not from this user? Then nothing was done yet. */
export const NO_WRITES = `
local NO_WRITES = {'OOM', 'READONLY', 'MISCONF', 'NOREPLICAS', 'NOPERM', 'MASTERDOWN'}
local function textOf(reply) return type(reply) == 'table' and reply.err or tostring(reply) end
local function isNoWrites(reply)
  for _, code in ipairs(NO_WRITES) do
    if string.find(textOf(reply), code, 1, true) then return true end
  end
  return false
end
`;
