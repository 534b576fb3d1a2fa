//! Nearest neighbours over ids and vectors: exact scan and HNSW, saved and checked.
