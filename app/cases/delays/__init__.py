"""Why a case is late: coded delays with who holds it up, what is asked, and what is replied."""
