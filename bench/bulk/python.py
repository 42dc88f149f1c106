"""The lightness of every picture of a folder, by n processes of Pillow or OpenCV: program, n, from, to."""
import os, sys
from multiprocessing import Pool

program, n, source, target = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]

if program == "pillow":
    from PIL import Image

    def make(name):
        image = Image.open(os.path.join(source, name)).convert("RGBA")
        image.convert("LAB").getchannel(0).save(os.path.join(target, name.rsplit(".", 1)[0] + ".png"))
else:
    import cv2

    cv2.setNumThreads(1)

    def make(name):
        light = cv2.cvtColor(cv2.imread(os.path.join(source, name)), cv2.COLOR_BGR2LAB)
        cv2.imwrite(os.path.join(target, name.rsplit(".", 1)[0] + ".png"), cv2.extractChannel(light, 0))

names = sorted(os.listdir(source))
if n == 1:
    for name in names:
        make(name)
else:
    with Pool(n) as pool:
        pool.map(make, names, chunksize=1)
