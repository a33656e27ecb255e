import { expose } from 'comlink';
import { inWorker } from './service-options.js';
import { parentEndpoint } from './threads.js';
import { createWorkerService } from './worker-service.js';

expose(createWorkerService(inWorker), parentEndpoint());
