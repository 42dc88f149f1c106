// What a gather kernel is told: which picture to make, its size, and where its operands are. The numbers of the
// operation's row follow; an operation lays a class with their names over `numbers(block)`.

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
  /** Where to go on: a kernel that takes long does a slice and gives where the next begins, or 0 at the end. */
  from: u32;
  /** Words that the row makes: weights, places. */
  data: u32;
  /** Bytes of a pixel of the second operand. */
  bSize: u32;
  /**
   * The steps that are wanted, where a picture is divided: from here on, up to there. A kernel that can be divided has a twin,
   * `…Units`, that gives the step behind the last of each of its phases; those of one phase may be done in any order.
   */
  begin: u32;
  to: u32;
  /** What one phase leaves for the next, of as many bytes as `…Between` gives. */
  between: u32;

  /** Whether this is the first call for these steps: what they need is prepared now. */
  @inline opens(): bool { return this.from == this.begin; }
  /** The step behind the last that is wanted. */
  @inline end(all: u32): u32 { return this.to ? this.to : all; }

  /** Picture `index` of the first operand. */
  @inline first(index: u32): usize { return this.a + <usize>index * this.aWidth * this.aHeight * this.size; }
  /** This picture of the second operand, or its only one. */
  @inline second(): usize { return this.b + <usize>(this.bBatch > 1 ? this.picture : 0) * this.bWidth * this.bHeight * this.size; }
}

/** Rows of a slice of about a millisecond's work. */
@inline export function slice(width: u32): u32 { return max<u32>(131072 / width, 1); }

@inline export function numbers(block: usize): usize { return block + offsetof<Frame>(); }
