const FIGURES = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

/** `1,240`: at most three significant digits below 100, whole above. */
export function figure(value: number): string {
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(2));
  return FIGURES.format(rounded);
}

/** `240 ms`, `8.2 s`, `12 min`, `3 h`, `2 days`. */
export function duration(ms: number): string {
  if (ms < 995) return `${figure(ms)} ms`;
  if (ms < 119_500) return `${figure(ms / 1000)} s`;
  if (ms < 7_170_000) return `${figure(ms / 60_000)} min`;
  if (ms < 172_000_000) return `${figure(ms / 3_600_000)} h`;
  return `${figure(ms / 86_400_000)} days`;
}

/** `38 %`. */
export function percent(part: number): string {
  return `${figure(part * 100)} %`;
}

/** `1 job`, `1,240 jobs`. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${figure(value)} ${value === 1 ? one : many}`;
}

/** `14:05Z`; epoch ms. */
export function utcMinute(at: number): string {
  return `${new Date(at).toISOString().slice(11, 16)}Z`;
}
