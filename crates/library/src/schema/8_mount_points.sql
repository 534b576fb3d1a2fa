-- Folders in the watched folders at which another drive began when they were last looked at.
CREATE TABLE mount_points (path TEXT NOT NULL UNIQUE);
