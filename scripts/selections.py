# Records small answers of scipy, OpenCV, scikit-image, Pillow and numpy for selections, into test/ops/<operation>.json.
# python3 scripts/selections.py; Debian's scipy 1.10, OpenCV 4.6, scikit-image 0.19, Pillow 9.4 and numpy 1.24.
import base64
import json
import os
import sys
import zlib

import cv2
import numpy as np
from PIL import Image, ImageCms
from scipy import ndimage
from skimage import filters

FOLDER = os.path.join(os.path.dirname(__file__), '..', 'test', 'ops')
SIZES = [(1, 1), (1, 9), (9, 1), (2, 2), (17, 70), (33, 64), (21, 129), (40, 31)]
random = np.random.default_rng(20261128)


def packed(array):
    return base64.b64encode(zlib.compress(np.ascontiguousarray(array).tobytes(), 9)).decode()


def kinds(height, width):
    """Noise, blobs with holes, soft values, nothing, all."""
    yield (random.random((height, width)) < 0.5) * 255
    soft = ndimage.gaussian_filter(random.random((height, width)), 2)
    yield (soft > np.median(soft)) * 255
    yield np.where(random.random((height, width)) < 0.6, random.integers(0, 256, (height, width)), 0)
    yield np.zeros((height, width))
    yield np.full((height, width), 255)


def masks():
    for height, width in SIZES:
        for kind in kinds(height, width):
            yield kind.astype('u1')


def above(mask, threshold):
    return mask.astype('f4') / np.float32(255) > np.float32(threshold)


def cross(connectivity):
    return ndimage.generate_binary_structure(2, 2 if connectivity == 8 else 1)


def given(mask, options, expected):
    height, width = mask.shape[:2]
    case = {'width': width, 'height': height, 'options': options, 'data': packed(mask)}
    case['expected'] = packed(expected) if isinstance(expected, np.ndarray) else expected
    return case


def options_of(k):
    return {'threshold': [0, 0.5][k % 2], 'connectivity': [8, 4][k // 2 % 2]}


def fill_holes():
    for k, mask in enumerate(masks()):
        options = options_of(k)
        inside = above(mask, options['threshold'])
        background = cross(12 - options['connectivity'])
        filled = ndimage.binary_fill_holes(inside, background)
        out = np.where(filled & ~inside, 255, mask).astype('u1')
        if k % 3 == 2:
            options['area'] = 3
            labels, n = ndimage.label(filled & ~inside, background)
            areas = np.bincount(labels.ravel(), minlength=n + 1)
            out = np.where((labels > 0) & (areas[labels] < 3), 255, mask).astype('u1')
        yield given(mask, options, out)


def remove_small():
    for k, mask in enumerate(masks()):
        options = {'area': int(random.integers(1, 30)), **options_of(k)}
        labels, n = ndimage.label(above(mask, options['threshold']), cross(options['connectivity']))
        areas = np.bincount(labels.ravel(), minlength=n + 1)
        out = np.where((labels > 0) & (areas[labels] < options['area']), 0, mask).astype('u1')
        yield given(mask, options, out)


def components():
    for k, mask in enumerate(masks()):
        options = {**options_of(k), 'minArea': [1, 3][k % 2], 'max': [1000, 2][k // 3 % 2]}
        inside = above(mask, options['threshold']).astype('u1')
        n, labels, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=options['connectivity'])
        first = {i: int(np.argmax(labels == i)) for i in range(1, n)}
        order = sorted(first, key=lambda i: (-int(stats[i, 4]), first[i]))
        order = [i for i in order if stats[i, 4] >= options['minArea']][: options['max']]
        yield given(mask, options, {
            'areas': [int(stats[i, 4]) for i in order],
            'boxes': [[int(v) for v in stats[i, :4]] for i in order],
            'masks': packed(np.array([np.where(labels == i, mask, 0) for i in order], 'u1')),
        })


def distance():
    for k, mask in enumerate(masks()):
        options = {'inside': k % 2 == 0, 'threshold': [0.5, 0.2][k // 2 % 2]}
        inside = above(mask, options['threshold'])
        out = ndimage.distance_transform_edt(inside if options['inside'] else ~inside)
        yield given(mask, options, out.astype('f4'))
    for mask in sparse():
        yield given(mask, {'inside': False, 'threshold': 0.5}, ndimage.distance_transform_edt(mask == 0).astype('f4'))


def sparse():
    """Few pixels: distances that cross many columns, equal heights, and squares above 2 ** 24, which a float does not hold."""
    for dots in [5, 9, 14]:
        mask = np.zeros((26, 106), 'u1')
        mask.flat[np.random.default_rng(dots).choice(mask.size, dots, replace=False)] = 255
        yield mask
    for height, width in [(3, 150), (2, 4160)]:
        mask = np.zeros((height, width), 'u1')
        mask[0, :1 if width > 4096 else width] = 255
        yield mask


def auto_threshold():
    methods = {
        'otsu': filters.threshold_otsu, 'triangle': filters.threshold_triangle, 'li': filters.threshold_li,
        'yen': filters.threshold_yen, 'isodata': filters.threshold_isodata, 'mean': filters.threshold_mean,
    }
    for k in range(24):
        n = int(10 ** random.uniform(1, 3))
        values = [
            lambda: random.integers(0, 256, n), lambda: random.gamma(2, 20, n), lambda: random.choice([3, 9, 255], n),
            lambda: np.concatenate([random.normal(60, 20, n), random.normal(190, 12, n // 2)]),
        ][k % 4]()
        mask = np.clip(values, 0, 255).astype('u1')[None]
        for name, method in methods.items():
            yield given(mask, {'method': name}, np.where(mask > method(mask.copy()), 255, 0).astype('u1'))


def lab_of(image):
    rgb, lab = ImageCms.createProfile('sRGB'), ImageCms.createProfile('LAB')
    transform = ImageCms.buildTransform(rgb, lab, 'RGB', 'LAB')
    return np.asarray(ImageCms.applyTransform(Image.fromarray(image), transform))


def metric_of(image, metric):
    if metric != 'lab':
        return image.astype('i4')
    return (lab_of(image) ^ np.array([0, 128, 128], 'u1')).astype('i4')


def selected(image, colors, tolerance, softness, metric):
    pixels = metric_of(image, metric)
    best = None
    for color in colors:
        one = metric_of(np.array([[color]], 'u1'), metric)
        apart = np.abs(pixels - one)
        d = apart.max(-1).astype('f8') if metric == 'box' else np.sqrt((apart ** 2).sum(-1).astype('f8'))
        best = d if best is None else np.minimum(best, d)
    if softness == 0:
        return np.where(best <= tolerance, 255, 0).astype('u1')
    return np.floor(255 * np.clip((tolerance + softness - best) / softness, 0, 1) + 0.5).astype('u1')


def pictures():
    for height, width in SIZES:
        soft = ndimage.gaussian_filter(random.random((height, width, 3)), (2, 2, 0))
        low, high = soft.min(), soft.max()
        yield ((soft - low) / max(high - low, 1e-9) * 255).astype('u1')
        yield random.choice([10, 20, 200], (height, width, 3)).astype('u1')


def color_range():
    for k, image in enumerate(pictures()):
        flat = image.reshape(-1, 3)
        for j, metric in enumerate(['rgb', 'lab', 'box']):
            colors = [flat[random.integers(len(flat))].tolist() for _ in range([1, 3, 64][(k + j) % 3])]
            options = {'colors': colors, 'tolerance': [20, 0, 7.5, 60][k % 4], 'softness': [0, 12, 0.5][(k + 2 * j) % 3], 'metric': metric}
            yield given(image, options, selected(image, colors, options['tolerance'], options['softness'], metric))


def wand():
    for k, image in enumerate(pictures()):
        height, width = image.shape[:2]
        for j, metric in enumerate(['rgb', 'lab', 'box']):
            x, y = int(random.integers(width)), int(random.integers(height))
            options = {'x': x, 'y': y, 'tolerance': [20, 0, 7.5, 60][k % 4], 'softness': [0, 0, 15][(k + j) % 3],
                       'metric': metric, 'contiguous': (k + j) % 4 != 3, 'connectivity': [4, 8][(k + j) % 2]}
            out = selected(image, [image[y, x].tolist()], options['tolerance'], options['softness'], metric)
            if options['contiguous']:
                labels, _ = ndimage.label(out > 0, cross(options['connectivity']))
                out = np.where(labels == labels[y, x], out, 0).astype('u1')
            yield given(image, options, out)


RECORDED = {
    'fillHoles': (fill_holes, 'scipy 1.10 binary_fill_holes'),
    'removeSmall': (remove_small, 'scipy 1.10 label'),
    'components': (components, 'OpenCV 4.6 connectedComponentsWithStats'),
    'distance': (distance, 'scipy 1.10 distance_transform_edt'),
    'autoThreshold': (auto_threshold, 'scikit-image 0.19 threshold_*'),
    'colorRange': (color_range, 'numpy 1.24, Pillow 9.4 ImageCms for Lab'),
    'wand': (wand, 'numpy 1.24, Pillow 9.4 ImageCms for Lab, scipy 1.10 label'),
}

if __name__ == '__main__':
    for name in sys.argv[1:] or RECORDED:
        record, source = RECORDED[name]
        with open(os.path.join(FOLDER, f'{name}.json'), 'w') as file:
            json.dump({'source': source, 'cases': list(record())}, file, separators=(',', ':'))
            file.write('\n')
