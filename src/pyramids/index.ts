export type * from './contract.js';
export { deepZoomOfFolder, deepZoomPyramid, iiifPyramid } from './encoded-pyramids.js';
export { bodyOf, type FetchOptions, fetchOk, shortUrl } from './fetching.js';
export { fileAt, folderOfFiles, folderOfHandle, pathEnding } from './folder.js';
export { isIiifInfo } from './iiif.js';
export {
  type CallId,
  createPyramidService,
  openTiffRequest,
  openZarrRequest,
  type PyramidFacts,
  type PyramidKind,
  type PyramidOpener,
  type PyramidRequest,
  type PyramidService,
} from './service.js';
