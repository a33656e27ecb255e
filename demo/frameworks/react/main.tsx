import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'innotater/element/react';
import { makeParts } from '../parts.js';

/** Innotations are made once and kept: they hold the data, not the picture of a render. */
const App = () => {
  const [{ inputs, targets }] = useState(makeParts);
  const [last, setLast] = useState('none yet');
  return (
    <>
      <innotater-view
        label="Boxes in React"
        inputs={inputs}
        targets={targets}
        options={{ prefetch: 1 }}
        onchange={({ detail }) => setLast(JSON.stringify(detail.value))}
      />
      <output>{last}</output>
    </>
  );
};

createRoot(document.querySelector('#app')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
