import { expose } from 'comlink';
import { inWorker } from './service.js';
import { createWorkerService } from './worker-service.js';

expose(createWorkerService(inWorker));
