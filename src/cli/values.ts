// Values of options, read or refused.

/** A mistake in the command line: exit code 2. */
export class UsageError extends Error {}

export function number(name: string, text: string, min: number, max: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= min && value <= max) return value;
  throw new UsageError(`--${name} must be between ${min} and ${max}, got ${JSON.stringify(text)}`);
}

export function whole(name: string, text: string, min: number, max: number): number {
  const value = number(name, text, min, max);
  if (Number.isInteger(value)) return value;
  throw new UsageError(`--${name} must be a whole number, got ${text}`);
}

export function choice<T extends string | number>(name: string, text: string, known: Readonly<Record<string, T>>): T {
  if (Object.hasOwn(known, text)) return known[text];
  throw new UsageError(`--${name} must be one of ${Object.keys(known).join(', ')}, got ${JSON.stringify(text)}`);
}
