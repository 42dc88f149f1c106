// photon, which only supports RGBA pictures, so the channel is extracted from its result.
import photon from '@silvia-odwyer/photon-node';

export const makers = {
  J1({ width, height, photo }) {
    const out = new Uint8Array(width * height);
    const run = () => {
      const image = new photon.PhotonImage(photo, width, height);
      photon.single_channel_grayscale(image, 0);
      const pixels = image.get_raw_pixels();
      for (let i = 0, p = 0; i < out.length; i++, p += 4) out[i] = pixels[p];
      image.free();
    };
    return { run, answer: () => out };
  },
  J8({ png }) {
    let out;
    const run = () => {
      const image = photon.PhotonImage.new_from_byteslice(png);
      out = image.get_raw_pixels();
      image.free();
    };
    return { run, answer: () => out };
  },
};
