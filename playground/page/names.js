// What people call the channels, and what they are.
export const names = {
  'L(LAB)': 'Lightness',
  'A(Lab)': 'Lab a',
  'B(Lab)': 'Lab b',
  'R(RGB)': 'Red',
  'G(RGB)': 'Green',
  'B(RGB)': 'Blue',
  alpha: 'Alpha',
  'Y(YUV)': 'Luma',
  'U(YUV)': 'Chroma U',
  'V(YUV)': 'Chroma V',
  'H(HSV)': 'Hue',
  'S(HSV)': 'Saturation',
  'V(HSV)': 'Value',
};

export const hints = {
  'A(Lab)': 'green to red',
  'B(Lab)': 'blue to yellow',
  'U(YUV)': 'yellow to blue',
  'V(YUV)': 'green to red',
};
