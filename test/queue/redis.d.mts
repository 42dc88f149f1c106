export function redisCommand(): string | undefined;
export function startRedis(folder: string): Promise<{ url: string; start(): Promise<void>; kill(): Promise<void> }>;
export function sleep(ms: number): Promise<void>;
