/** Red, green and blue, 0–1, as light adds up and not as screens encode it. */
type Light = readonly [red: number, green: number, blue: number];

export type Sight = "full" | "protanopia" | "deuteranopia" | "tritanopia";

/** What is left of each channel without one kind of cone: Machado, Oliveira and Fernandes 2009, severity 1. */
const SIGHTS: Record<Sight, readonly [Light, Light, Light]> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** A colour of the palette, `#16202f`, as somebody with this sight gets it. */
export function seenBy(sight: Sight, hex: string): Light {
  const light = lightOf(hex);
  const [red, green, blue] = SIGHTS[sight].map((row) =>
    clamp(row.reduce((sum, part, at) => sum + part * (light[at] ?? 0), 0)),
  );
  return [red ?? 0, green ?? 0, blue ?? 0];
}

/** As WCAG counts it: 1 to 21. */
export function contrast(a: Light, b: Light): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** How far apart two colours are in OKLab; black and white are 1, and 0.02 is just seen side by side. */
export function distance(a: Light, b: Light): number {
  const there = oklab(b);
  return Math.hypot(...oklab(a).map((part, at) => part - (there[at] ?? 0)));
}

function lightOf(hex: string): Light {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return [red, green, blue];
}

const clamp = (part: number): number => Math.min(1, Math.max(0, part));

const luminance = ([red, green, blue]: Light): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

function oklab([red, green, blue]: Light): [number, number, number] {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
