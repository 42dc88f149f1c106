// What a gather kernel is given: the picture to make, its size, and the addresses of its operands. The parameters of the
// operation's row follow: a kernel lays a class with their names over `numbers(block)`.

@unmanaged
export class Frame {
  picture: u32;
  width: u32;
  height: u32;
  /** Bytes of a pixel. */
  size: u32;
  a: u32;
  aBatch: u32;
  aWidth: u32;
  aHeight: u32;
  b: u32;
  bBatch: u32;
  bWidth: u32;
  bHeight: u32;
  /** Where to continue. A long kernel does one slice and returns where the next begins, or 0 at the end. */
  from: u32;
  /** Address of the words that the row computes, such as weights and positions. */
  data: u32;
  /** Bytes of a pixel of the second operand. */
  bSize: u32;
  /**
   * The steps to do, where a picture is divided among threads: from `begin` up to `to`. A kernel that can be divided exports
   * `…Units`, which returns the end of each of its phases. The steps of one phase may run in any order.
   */
  begin: u32;
  to: u32;
  /** Address of what one phase leaves for the next, `…Between` bytes. */
  between: u32;

  /** Whether this is the first call for these steps, so that the kernel must prepare what they need. */
  @inline opens(): bool { return this.from == this.begin; }
  /** The step after the last one to do. */
  @inline end(all: u32): u32 { return this.to ? this.to : all; }

  /** Picture `index` of the first operand. */
  @inline first(index: u32): usize { return this.a + <usize>index * this.aWidth * this.aHeight * this.size; }
  /** This picture of the second operand, or the only one it has. */
  @inline second(): usize { return this.b + <usize>(this.bBatch > 1 ? this.picture : 0) * this.bWidth * this.bHeight * this.size; }
}

/** Rows in a slice of about one millisecond. */
@inline export function slice(width: u32): u32 { return max<u32>(131072 / width, 1); }

@inline export function numbers(block: usize): usize { return block + offsetof<Frame>(); }
