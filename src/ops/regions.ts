// What depends on all of a picture: one kernel and no shader. An engine without kernels has it done on one that has.
import type { Row } from './row.js';

export const regions = {} as const satisfies Record<string, Row>;
