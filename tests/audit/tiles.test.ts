import { expect, it } from "vitest";
import { rowsPerTile, tilesOf } from "@/components/audit/tiles";

const bucket = (allowed: number, refused = 0, failed = 0) => ({ from: "", to: "", allowed, refused, failed });

const all = ["allowed", "refused", "failed"] as const;

it("lets one tile stand for so many rows that the fullest column is no higher than it may be", () => {
  expect(rowsPerTile([], all, 8)).toBe(1);
  expect(rowsPerTile([bucket(8), bucket(1)], all, 8)).toBe(1);
  expect(rowsPerTile([bucket(9)], all, 8)).toBe(2);
  expect(rowsPerTile([bucket(40)], all, 8)).toBe(5);
  expect(rowsPerTile([bucket(1_000, 3)], all, 8)).toBe(200);
  expect(rowsPerTile([bucket(1_000, 3)], ["refused"], 8)).toBe(1);
  expect(rowsPerTile([bucket(8_000_000, 1, 1)], all, 8)).toBe(2_000_000);
});

it("shows what is rare with a whole tile", () => {
  expect(tilesOf(bucket(10, 1, 0), all, 5)).toEqual(["allowed", "allowed", "refused"]);
  expect(tilesOf(bucket(10, 1, 0), ["refused", "failed"], 5)).toEqual(["refused"]);
  expect(tilesOf(bucket(0), all, 5)).toEqual([]);
});
