import { expect, test } from "vitest";
import { distance } from "../../src/person/more/near";
import { coordinates } from "../../src/staff/administration/local_help";

test("a distance is that over the ground", () => {
  const dublin = { latitude: 53.35, longitude: -6.26 };
  expect(distance(dublin, dublin)).toBe(0);
  // A degree of a meridian, and the way round the other side.
  expect(distance({ latitude: 0, longitude: 0 }, { latitude: 1, longitude: 0 })).toBeCloseTo((Math.PI * 6371) / 180, 6);
  expect(distance({ latitude: 0, longitude: 179.5 }, { latitude: 0, longitude: -179.5 })).toBeCloseTo((Math.PI * 6371) / 180, 6);
  expect(distance({ latitude: 90, longitude: 0 }, { latitude: -90, longitude: 0 })).toBeCloseTo(Math.PI * 6371, 6);
});

test("coordinates are two numbers, or nothing", () => {
  expect(coordinates("53.35, -6.26")).toEqual({ latitude: 53.35, longitude: -6.26 });
  expect(coordinates("53.35;-6.26")).toEqual({ latitude: 53.35, longitude: -6.26 });
  expect(coordinates(" ")).toBeUndefined();
  for (const text of ["53.35", "north", "1, 2, 3", "1,"]) expect(coordinates(text)).toBeNull();
});
