interface Place {
  top: number;
  left: number;
}

/**
 * Index of what stands above or below, nearest to the left edge of what is at `index`. The places are in
 * reading order; without a line in that direction it stays.
 */
export function lineStep(places: (index: number) => Place | undefined, index: number, step: 1 | -1): number {
  const from = places(index);
  if (!from) return index;
  let at = index + step;
  for (let place = places(at); place && place.top === from.top; place = places(at)) at += step;
  const line = places(at);
  if (!line) return index;
  let best = at;
  let nearest = Number.POSITIVE_INFINITY;
  for (let place: Place | undefined = line; place && place.top === line.top; place = places(at)) {
    const distance = Math.abs(place.left - from.left);
    if (distance < nearest) {
      nearest = distance;
      best = at;
    }
    at += step;
  }
  return best;
}
