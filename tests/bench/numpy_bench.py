"""784-128-10 with relu, softmax and cce in NumPy, plain gradient descent: lines "NAME ROWS", rows
per second in batches of 32 and one row per update."""
import time

import numpy

IN, HIDDEN, OUT, ROWS, BATCH, RATE = 784, 128, 10, 320, 32, 0.01


def update(net, x, y):
    w1, b1, w2, b2 = net
    z1 = x @ w1 + b1
    o1 = numpy.maximum(z1, 0)
    z2 = o1 @ w2 + b2
    exponentials = numpy.exp(z2 - z2.max(axis=1, keepdims=True))
    yhat = exponentials / exponentials.sum(axis=1, keepdims=True)
    loss = -(y * numpy.log(yhat)).sum()
    dz2 = (yhat - y) / len(x)
    dz1 = (dz2 @ w2.T) * (z1 > 0)
    w1 -= RATE * (x.T @ dz1)
    b1 -= RATE * dz1.sum(axis=0)
    w2 -= RATE * (o1.T @ dz2)
    b2 -= RATE * dz2.sum(axis=0)
    return loss


def rows_per_second(batch, net, x, y):
    times = []
    for _ in range(11):
        begin = time.perf_counter()
        for first in range(0, ROWS, batch):
            update(net, x[first:first + batch], y[first:first + batch])
        times.append(time.perf_counter() - begin)
    return ROWS / sorted(times)[len(times) // 2]


def main():
    random = numpy.random.default_rng(1)
    x, y = random.random((ROWS, IN)), numpy.eye(OUT)[random.integers(0, OUT, ROWS)]
    net = [random.uniform(-1 / IN, 1 / IN, (IN, HIDDEN)), numpy.zeros(HIDDEN),
           random.uniform(-1 / HIDDEN, 1 / HIDDEN, (HIDDEN, OUT)), numpy.zeros(OUT)]
    print("batch", rows_per_second(BATCH, net, x, y))
    print("stochastic", rows_per_second(1, net, x, y))


main()
