import { openTiffRequest, openZarrRequest } from '../src/pyramids/service.js';
import { exposePyramids } from './expose-pyramids.js';

exposePyramids((request, signal) =>
  request.kind === 'tiff' ? openTiffRequest(request, signal) : openZarrRequest(request, signal),
);
