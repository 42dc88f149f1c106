// Stand-ins for a browser's canvases in Node, as far as showing a batch needs them. They discard pixels.

class Context {
  readonly globalAlpha = 1;
  readonly globalCompositeOperation = 'source-over';
  readonly filter = 'none';
  readonly shadowBlur = 0;
  readonly shadowOffsetX = 0;
  readonly shadowOffsetY = 0;
  constructor(readonly canvas: Canvas) {}
  getContextAttributes = () => ({ alpha: true });
  getTransform = () => ({ isIdentity: true });
  putImageData(): void {}
  drawImage(): void {}
  clearRect(): void {}
}

class Canvas {
  constructor(
    public width: number,
    public height: number,
  ) {}
  get [Symbol.toStringTag](): string {
    return 'OffscreenCanvas';
  }
  getContext = () => new Context(this);
  transferToImageBitmap = () => ({ width: this.width, height: this.height });
}

class Pixels {
  constructor(
    readonly data: Uint8ClampedArray,
    readonly width: number,
  ) {}
}

/** Puts them there; gives the function that takes them away. */
export function canvases(): () => void {
  const names = { OffscreenCanvas: Canvas, ImageData: Pixels, createImageBitmap: () => ({}) };
  Object.assign(globalThis, names);
  return () => {
    for (const name of Object.keys(names)) Reflect.deleteProperty(globalThis, name);
  };
}
