const SECOND = 1000;
const UNITS = [
  ['day', 24 * 60 * 60 * SECOND],
  ['hour', 60 * 60 * SECOND],
  ['minute', 60 * SECOND],
  ['second', SECOND],
] as const;

/** What is over and shorter than this is told to a tenth of a second. */
const SHORT = 10 * SECOND;

const formats = new Map<string, Intl.NumberFormat>();

/** Made once a unit and language; one that is no language is the browser's. */
function formatOf(unit: string, language: string | undefined): Intl.NumberFormat {
  const key = `${unit} ${language ?? ''}`;
  let held = formats.get(key);
  if (held) return held;
  try {
    held = new Intl.NumberFormat(language, {style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: 1});
  } catch {
    held = formatOf(unit, undefined);
  }
  formats.set(key, held);
  return held;
}

/** “42s”, “2m 5s”, “1h 3m”: the two largest units of `ms`, never negative. What is over may be told more exactly. */
export function durationWords(ms: number, isOver: boolean, language?: string): string {
  const length = Math.max(0, ms);
  if (isOver && length < SHORT) return formatOf('second', language).format(Math.max(1, Math.floor(length / 100)) / 10);
  const first = UNITS.findIndex(([, size]) => length >= size);
  let rest = length;
  return UNITS.slice(first)
    .slice(0, 2)
    .map(([unit, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return formatOf(unit, language).format(count);
    })
    .join(' ');
}
