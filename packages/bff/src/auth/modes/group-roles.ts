/**
 * Roles by the groups that somebody is in elsewhere. Without one that counts it is `fallback`; null: no role, and so nothing is
 * allowed.
 */
export function createGroupRoles(
  pairs: readonly { group: string; role: string }[],
  fallback: string | null,
): (groups: readonly string[]) => string[] {
  return (groups) => {
    const roles = new Set(pairs.filter(({ group }) => groups.includes(group)).map(({ role }) => role));
    if (roles.size === 0 && fallback !== null) roles.add(fallback);
    return [...roles];
  };
}
