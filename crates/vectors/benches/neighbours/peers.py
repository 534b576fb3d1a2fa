"""One index of others over the bench's vectors: its figures on the first line, then the ids found for each question.

Each keeps 8 bits a value where it can (hnswlib keeps 32), and its candidates are ranked again by the vectors themselves.
"""

import os
import sys
import tempfile
import time

import numpy as np

FOUND, CANDIDATES, WIDTH, LINKS, BUILD_WIDTH = 10, 40, 64, 16, 100

name, vectors_file, queries_file, dimensions = sys.argv[1:]
vectors = np.fromfile(vectors_file, dtype=np.float32).reshape(-1, int(dimensions))
queries = np.fromfile(queries_file, dtype=np.float32).reshape(-1, int(dimensions))
file = os.path.join(tempfile.mkdtemp(dir=os.path.dirname(vectors_file)), name)


def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def usearch():
    from usearch.index import Index

    def new():
        return Index(ndim=vectors.shape[1], metric="ip", dtype="i8", connectivity=LINKS,
                     expansion_add=BUILD_WIDTH, expansion_search=WIDTH)

    def load():
        index = new()
        index.load(file)
        return index

    index = new()
    return (lambda: index.add(np.arange(len(vectors)), vectors, threads=1), lambda: index.save(file), load,
            lambda index, query: index.search(query, CANDIDATES, threads=1).keys)


def hnswlib():
    import hnswlib

    def new():
        return hnswlib.Index(space="ip", dim=vectors.shape[1])

    def load():
        index = new()
        index.load_index(file)
        index.set_ef(WIDTH)
        index.set_num_threads(1)
        return index

    index = new()
    index.init_index(max_elements=len(vectors), ef_construction=BUILD_WIDTH, M=LINKS)
    return (lambda: index.add_items(vectors, num_threads=1), lambda: index.save_index(file), load,
            lambda index, query: index.knn_query(query, CANDIDATES, num_threads=1)[0][0])


def faiss():
    import faiss

    def build():
        index.train(vectors)
        index.add(vectors)

    def load():
        index = faiss.read_index(file)
        index.hnsw.efSearch = WIDTH
        return index

    faiss.omp_set_num_threads(1)
    index = faiss.IndexHNSWSQ(vectors.shape[1], faiss.ScalarQuantizer.QT_8bit, LINKS, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = BUILD_WIDTH
    return build, lambda: faiss.write_index(index, file), load, lambda index, query: index.search(query[None], CANDIDATES)[1][0]


build, save, load, search = {"usearch": usearch, "hnswlib": hnswlib, "faiss": faiss}[name]()
start = time.process_time()
build()
build_seconds = time.process_time() - start
save()
before = resident()
start = time.perf_counter()
index = load()
open_seconds = time.perf_counter() - start
bytes_each = (resident() - before) // len(vectors)


def nearest(query):
    candidates = search(index, query).astype(np.int64)
    return candidates[np.argsort(-(vectors[candidates] @ query), kind="stable")[:FOUND]]


nearest(queries[0])
start = time.process_time()
found = [nearest(query) for query in queries]
query_seconds = (time.process_time() - start) / len(queries)
print(query_seconds, bytes_each, build_seconds, open_seconds)
for ids in found:
    print(*ids)
