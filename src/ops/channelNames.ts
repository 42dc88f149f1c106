// The names people use for channels, and the operation behind each.

/** The 13 channels of `LayerMask: ImageToMask`, in its order. */
export const layerChannels = {
  'L(LAB)': 'labL',
  'A(Lab)': 'labA',
  'B(Lab)': 'labB',
  'R(RGB)': 'red',
  'G(RGB)': 'green',
  'B(RGB)': 'blue',
  alpha: 'alpha',
  'Y(YUV)': 'yuvY',
  'U(YUV)': 'yuvU',
  'V(YUV)': 'yuvV',
  'H(HSV)': 'hsvH',
  'S(HSV)': 'hsvS',
  'V(HSV)': 'hsvV',
} as const;

/** Channels that read what is stored: a float picture gives its floats. */
export const storedChannels = { red: 'red', green: 'green', blue: 'blue', alpha: 'alpha' } as const;

/** The names of all channels, by themselves. */
export const channels = { ...layerChannels, ...storedChannels, luma: 'luma' } as const;

export type LayerChannel = keyof typeof layerChannels;
export type Channel = keyof typeof channels;
/** To choose from. */
export const channelNames = Object.keys(channels) as Channel[];
