// The 16 KB of tables for crc: table[k] is the CRC of a byte followed by k zero bytes.
const POLYNOMIAL: u32 = 0xedb88320; // PNG specification, annex D, reflected

export function crcTable(table: usize): void {
  for (let i: u32 = 0; i < 256; i++) {
    let c = i;
    for (let k = 0; k < 8; k++) c = (c >> 1) ^ (POLYNOMIAL & (0 - (c & 1)));
    store<u32>(table + (i << 2), c);
  }
  for (let i: usize = 256; i < 4096; i++) {
    const c = load<u32>(table + ((i - 256) << 2));
    store<u32>(table + (i << 2), (c >> 8) ^ load<u32>(table + ((c & 255) << 2)));
  }
}
