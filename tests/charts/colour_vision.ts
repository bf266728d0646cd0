/*
 * How colours look to readers with a colour vision deficiency, and how far apart two colours are.
 */

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

const SIGHT: Matrix = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];

/**
 * Linear RGB as seen with each deficiency in full.
 *
 * Source: G. M. Machado, M. M. Oliveira and L. A. F. Fernandes (2009), A Physiologically-based Model
 * for Simulation of Color Vision Deficiency, IEEE TVCG 15(6), severity 1.0 of their table.
 */
export const VISIONS: Readonly<Record<string, Matrix>> = {
  "full colour vision": SIGHT,
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.011820, 0.042940, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.303900],
  ],
};

/** How far apart two colours look (CIE 1976, in L*a*b* with the white D65); 2 is just seen. */
export function difference(one: string, other: string, vision: Matrix = SIGHT): number {
  const [a, b] = [lab(one, vision), lab(other, vision)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function lab(colour: string, vision: Matrix): Triple {
  const linear = times(vision, rgb(colour)).map((value) => Math.min(1, Math.max(0, value)));
  // sRGB to XYZ, IEC 61966-2-1.
  const [x, y, z] = times([
    [0.4124, 0.3576, 0.1805],
    [0.2126, 0.7152, 0.0722],
    [0.0193, 0.1192, 0.9505],
  ], [linear[0] ?? 0, linear[1] ?? 0, linear[2] ?? 0]);
  const f = (t: number) => t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29;
  const [fx, fy, fz] = [f(x / 0.9505), f(y), f(z / 1.089)];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

function rgb(colour: string): Triple {
  const channel = (start: number) => {
    const value = parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function times(matrix: Matrix, vector: Triple): Triple {
  const row = (of: Triple) => of[0] * vector[0] + of[1] * vector[1] + of[2] * vector[2];
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}
