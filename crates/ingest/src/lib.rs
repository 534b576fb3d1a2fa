//! Folder to files to pages to chunks to vectors to library, with progress, cancel and resume.
