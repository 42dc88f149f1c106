/** The four tables of `histogram` summed into the first. */
export function fold(counts: usize): void {
  for (const end = counts + 1024; counts < end; counts += 4) {
    store<u32>(counts, load<u32>(counts) + load<u32>(counts, 1024) + load<u32>(counts, 2048) + load<u32>(counts, 3072));
  }
}
