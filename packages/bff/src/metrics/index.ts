export { createMarkers } from "./markers.ts";
export { createSampler, type SamplerDeps } from "./sampler.ts";
