export { createMarkers } from "./markers.ts";
export { createSampler } from "./sampler.ts";
