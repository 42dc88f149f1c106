// Outlines and brushes as their kernels read them.
import { pathData, strokeData } from '../../drawing/flatten.js';
import type { Figures } from '../row.js';

export const path: Figures = { data: ({ d, tolerance }: { d: string; tolerance: number }) => pathData(d, tolerance) };
export const stroke: Figures = { data: ({ points }: { points: string }) => strokeData(points) };
