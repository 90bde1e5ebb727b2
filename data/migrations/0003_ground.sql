-- The ground under the map: outlines, stations and schools.
CREATE TABLE area (
  kind TEXT NOT NULL CHECK (kind IN ('municipality', 'school_district')),
  name TEXT NOT NULL,
  geometry TEXT NOT NULL,         -- GeoJSON Polygon or MultiPolygon, WGS 84, longitude first
  source TEXT NOT NULL,
  PRIMARY KEY (kind, name)
) STRICT;

CREATE TABLE station (
  name TEXT PRIMARY KEY,          -- without 駅
  kana TEXT NOT NULL,
  lat REAL NOT NULL,              -- WGS 84 degrees
  lon REAL NOT NULL
) STRICT;

CREATE TABLE school (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('elementary', 'junior_high')),
  address TEXT NOT NULL,
  lat REAL NOT NULL,              -- WGS 84 degrees
  lon REAL NOT NULL,
  district TEXT NOT NULL          -- name of the school district it stands in, or empty
) STRICT;
