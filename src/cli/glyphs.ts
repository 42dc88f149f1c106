// DejaVu Sans at 13 pixels, as scripts/font.py draws it. From ' ' to '~': widths as letters, a for 0, and rows of 4-bit grays, deflated.
export const ROWS = 16;
export const widths = 'efglimkeffglefeeiiiiiiiiiieelllhnjjjkihkkeejhlkkikjiikjnjijfeflggiihiifiieeieniiiifhfiiliihieil';
export const grays =
  'eNq1WG9sU9cV//n5Pf97z8YCRoA28Ys0VWIp8ePTppamD637MDU4L9L2qWvqSmjrEAr+0g+RCvOQqq0lASNV2ioR5tBlYy1LDSttWIsx65KCpm' +
  'UJWZMGqdROICzBkNhJUCaFvJ37zMgf7OeXTrvP97xzz73v3HvOPffccwxYLrNYpxbADHwyEYxmkSL+MPHwZ529M/Yrgp2SCnjlDHhd1+8De51R' +
  'wBP+AKC2rqCWTwFCvIWG/sKjWWDLh8ElJ2Wx89WI9wdhOK4dAyouRMG/nPc89+OMPXlbZWOMalIcd1R0ovabaSGO55Gp9DO8k1Z953sdyQ6gcv' +
  'Ox39PqRfWnEBIuwitlG6NbKrsnSZ23NkZgM/R5gVquzjHkA3LTc/1Bhb8TFj/d8A/N1r6wZ7YEC1ErPMV76yFp9jTehBjBELxhfARXHHVAD5g+' +
  'l5hgN/BPuGPYByGNJjhSeBtele/HuSJst+GVbU8JF47R75VtT1PTegkwYJtegbpph+cfoT5ArdlQvzvmlUv3C3rOEh93wr3acr2oRQvO2TJCwh' +
  'P2yfX4JQaLfXpk0u8cfCzhDXP5gIKbQRlD7M3ajM76TWfWSWS+dHXo5iLwyRG/uGtnjOmCDk4caJbhGAMOKnBdJV3q+rTZ91zXpOxqrCHpBRr3' +
  'rTj2L5A+twxQz4xH2ZYW+iZlc91dVOCkuj2ooCegOOMBZbs/oLxkbC1pwqhm8usRMj8YdWqEdLWTZOBzrHp27EzwfSOm+kN9VrWPr4+J9P2617' +
  'JqYLBiNBDFuDeKm47BigwOZk3n9+l6nu0/UEVnqZkolwH7KpJJsXXdVjx/2ZJm++06uzllu3hfljpoDcwGOjbl7cmsZv79pF86UxMPKvY81VnC' +
  '57iuW3TshYxz1+4IlxwysX625yuxUv3m5+Rh+X4E+M6Xh1DR9xap4N9M9QZaoD4Y8D+U39CRj67cfmYnX6+8wXbWfmSYCcZ3fcgWu5WY8Sd6/Z' +
  'xBfUOxyEno+9R2cgsp6wDQpCIkw1nwBy7ylq0WmXDti3RtCV9Uf+MK7HT08Dt8wF9/b0d/JW5unPGuT22Hd0eaGvzsKaOnF/zVwmUzLD9xiURp' +
  'v3/OzNndIzBCC6r3KfBoLeD6bQP4ma6HaWvryWVj7A/kAmJllinq96PoRl1YjOI8QzRR1+OE1MSJ0syQlKgvniwr71N3P/M3HNrwujfGnAURGu' +
  'QHCKOAdRljyjKiFb0DMcod1WgB7n4CfJ4AN/NfjNFYLxtXlpc+S1/gYSX/uap9z/TrRHdhYLfR0pa1ouU1MjUi8/PVT8QMBQQVQyeCPk0YP000' +
  'fpqflzdP07hrViyTZpSiqwE7QMU6SvJY/ZTrlyLPqv8qysn2ib/b9je/eOga8DENEe+SFOePKNRFoBsHVWZAmrlE6C71KnNTGd/fg30Rn6RwPC' +
  '22KVVkrC2O36bFn2f+GkK35498Wow2REKMG0OBkKWDK85CiohZBtrCBF7PEIheZiD0JAHPcQLcIgEcteT+np6iOGu+ujlCey7kmR3cY2dj2MAM' +
  'mjBf3RTF81O95e05S1rdkiHtzxUq4QZtyaYtrKfXWE+01Hpy1NsUofXMsSvJ2P0GtfSKNHTb9is09RxDZNo5lZDTzETGSflOdoSrzONrruu26j' +
  '25McGiA+87zHkukOFsYuHucM2uTbN8MmvKgGUHhq8zq2UKxcW+cFEQIUARRUAVbq4/Dey7W94b4l1SzVsZ8lrEohWvEQduRsjQOs6THT5LYn6Z' +
  'euDDrZUDcMwi8N08Tkf5nC/s+xEO4117P9mmI90iNs4gWKO1NJG6MvaRBNxZ+G4BL0XxvsVLj1zGAX+dWqfgwHay6iRdeA5aHTcxClyh6KfVXx' +
  'kJKQgp5aQ+Xxl2DvCjxKh1mJSaWuM+NBh5Hh6nsM9DlyALWln8ypMpciSRbYTG7Kcxxf3KVymvShlMUbCwbNwgxe/1lMZ6wkLClqHspoXie++y' +
  'KDZN6ZG9KBAXzQIa5hAOMqfXpIRUkBJCMv5fhdn8wwSV9mvv12cl6rRXeIbW7YgLfXoq0OhMBdVnUs6py6mi1qKtqoezinSjIkNWNCSF0W28Wb' +
  's1q5ad3NY+4X+veg/lSizLoRc+rt7DiEUH55ZXW3IoJ3Y8mQv6+VwInPGWqE1xsqVUz9Z+W/ZQnE6TjpHlzQVpTs/ZDXFbW7E4/UTqRb8rRinx' +
  'RT36NstRlkC5YJDWIxVd5zDLbdJC486YrWspt3lUv3dUabAiLUVseWqvqEV2J1yAy59y/VK4Sp0ovb/a1jNS4xVIbRFIWT+kvZeIdtwvaa6rj8' +
  '5e7FmTOZK4374ew993nDhWq0kRyv9OoYdOnztq/JHx65WNtTFegx6L5WcTfvFsTSIo23MNwAx7i2dqEixvszZ/6XOyXN8l5ze19+VnY9W06T5F' +
  'ipDaiHmP6QzMl1z/Ezdjj9aSG37hCoGmjYccOef1nuIShdGL9/VUbwEjcAr2r1Ll7lqVy62omj3n6aghOXotndt9YP+vuBKemFfj0yE/Pqdc5z' +
  'DdE8HU2hzfizgq15EtDDnj0svj8Q/x5gtVAZmfiHzWD9+Yi05EEg2aZXa1mjvBjzb70XYDCJBP/vM4nAMhJaQ4B6zKVUVyueM+jcvRdf7RZdI/' +
  'maaPePk0IyNdd6P01anCeQmOAfCjsI+B+xwsISzpgZNxCHS9O1KFujUOxyJ538fZ30eJJToxA7riy/LjRKlnhRktkO1sJV4u+tRJ1cFcxUWac6' +
  'zAn9FZfSxKY9d+TXJdX1T/BK9uOGHh6P0HcsemlQ==';
