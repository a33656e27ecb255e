import { openZarrRequest } from '../src/pyramids/service.js';
import { exposePyramids } from './expose-pyramids.js';

exposePyramids(openZarrRequest);
