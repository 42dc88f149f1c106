import type { RecipeData } from 'chromask';

export const recipe: RecipeData;
export function pictures(folder: string, count: number, width?: number, height?: number): Promise<string[]>;
export function chaos(options: { count: number; perJob?: number; kills?: number; seed?: number }): Promise<{
  missing: string[];
  extra: string[];
  different: string[];
  failures: string[];
  expected: string[];
}>;
