/** For so long after they did something, somebody is there. Ms. */
const THERE_FOR = 10_000;

let lastSeen = Date.now();

/** Whether somebody is in front of the page, as far as that can be told: they pressed, typed, pointed or scrolled just now. */
export const isAttended = (): boolean => Date.now() - lastSeen < THERE_FOR;

export function watchAttention(): void {
  const see = () => {
    lastSeen = Date.now();
  };
  for (const sign of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"])
    addEventListener(sign, see, { passive: true, capture: true });
}
