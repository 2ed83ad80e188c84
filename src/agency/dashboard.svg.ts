import type { Week } from './declarations.ts';

/** The last weeks drawn: above what was declared, below, on a scale of its own, what came late and what was refused. All numbers are per cent. */
export interface Picture {
  weeks: { declared: Bar; late: Bar; refused: Bar; week: Week }[];
  /** The highest bar of each half, and where its line lies. */
  declared: Scale;
  faults: Scale;
}

interface Bar {
  x: number;
  width: number;
  y: number;
  height: number;
}

interface Scale {
  most: number;
  top: number;
  bottom: number;
}

const LEFT = 0;
const HALVES = { declared: { top: 9, bottom: 47 }, faults: { top: 63, bottom: 90 } };
const round = (n: number) => Math.round(n * 100) / 100;

export function pictureOf(weeks: Week[]): Picture {
  const declared = { most: Math.max(1, ...weeks.map((week) => week.declared)), ...HALVES.declared };
  const faults = { most: Math.max(1, ...weeks.flatMap(({ late, refused }) => [late, refused])), ...HALVES.faults };
  const step = (100 - LEFT) / weeks.length;
  const bar = (n: number, scale: Scale, x: number, width: number): Bar => {
    const height = ((scale.bottom - scale.top) * n) / scale.most;
    return { x: round(x), width: round(width), y: round(scale.bottom - height), height: round(height) };
  };
  return {
    weeks: weeks.map((week, i) => {
      const x = LEFT + i * step;
      return {
        declared: bar(week.declared, declared, x + step * 0.12, step * 0.76),
        late: bar(week.late, faults, x + step * 0.12, step * 0.36),
        refused: bar(week.refused, faults, x + step * 0.52, step * 0.36),
        week,
      };
    }),
    declared,
    faults,
  };
}
