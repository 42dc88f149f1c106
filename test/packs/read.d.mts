export interface Recorded {
  readonly shape: number[];
  readonly data: Float32Array;
}

export interface Call {
  readonly id: string;
  readonly pack: string;
  readonly node: string;
  readonly params: Record<string, unknown>;
  readonly inputs: Record<string, Recorded>;
  readonly outputs: {
    readonly type: string;
    readonly value?: unknown;
    readonly array?: Recorded;
    readonly arrays?: Recorded[];
  }[];
  readonly near?: number;
}

export function readCalls(folder: string): Call[];
export function packedCalls(): Call[];
export function splitBytes(raw: Uint8Array): Uint8Array;
