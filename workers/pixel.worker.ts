import { expose } from 'comlink';
import { createPixelService, inWorker } from './service.js';

expose(createPixelService(inWorker));
