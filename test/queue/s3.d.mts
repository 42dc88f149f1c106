export interface FakeS3 {
  objects: Map<string, { body: Buffer; mark: string | undefined }>;
  url(name: string): string;
  close(): void;
}
export function fakeS3(): Promise<FakeS3>;
